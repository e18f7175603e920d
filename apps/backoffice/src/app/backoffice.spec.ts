import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { backofficeProviders, signedIn } from '../testing';
import { Backoffice } from './backoffice';

@Component({ template: '<button type="button" [attr.aria-label]="name"></button>' })
class Page {
  protected readonly name = 'Разделы';
}

describe('Backoffice', () => {
  it('never puts a page into the document without its words', async () => {
    TestBed.configureTestingModule({
      providers: [...backofficeProviders(), provideRouter([{ path: 'page', component: Page }])],
    });
    await signedIn();
    const fixture = TestBed.createComponent(Backoffice);
    await fixture.whenStable();
    const names: (string | null)[] = [];
    const watch = new MutationObserver(() => {
      const button = fixture.nativeElement.querySelector('button');
      if (button) names.push(button.getAttribute('aria-label'));
    });
    watch.observe(fixture.nativeElement, { childList: true, subtree: true });
    await TestBed.inject(Router).navigateByUrl('/page');
    await fixture.whenStable();
    watch.disconnect();
    expect(names[0]).toBe('Разделы');
  });
});
