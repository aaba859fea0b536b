/* html_style.h: how pages look: on a phone, in the dark, on paper. */
#ifndef HTML_STYLE_H
#define HTML_STYLE_H

/* The <style> element. */
extern const char html_style[];

#endif
