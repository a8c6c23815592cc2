"""What templates of the sign-in library's pages need beyond the frame."""

from django import template

from huanchuang.accounts.queries import device_words

register = template.Library()
register.filter("device_words", device_words)
