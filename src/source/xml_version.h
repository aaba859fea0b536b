/* xml_version.h: which libxml2 this was built against. */
#ifndef XML_VERSION_H
#define XML_VERSION_H

/* "2.9.14". Static storage. */
const char *xml_version(void);

#endif
