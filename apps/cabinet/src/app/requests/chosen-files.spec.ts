import { fileRefusal, MOST_BYTES } from './chosen-files';

describe('fileRefusal', () => {
  it('takes ten files of twenty megabytes', () => {
    expect(fileRefusal({ name: 'a.jpg', size: MOST_BYTES }, 9)).toBeUndefined();
    expect(fileRefusal({ name: 'a.jpg', size: 1 }, 10)?.code).toBe('TOO_MANY_FILES');
  });

  it('names the file that is too big', () => {
    const refusal = fileRefusal({ name: 'video.mov', size: MOST_BYTES + 1 }, 0);
    expect(refusal?.code).toBe('FILE_TOO_BIG');
    expect(refusal?.params).toContainEqual({ name: 'name', value: 'video.mov' });
  });
});
