/* Stemmers of other languages: what is indexed in one form is found by another, accents or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

typedef struct language {
	const char *name;
	const char *title;     /* of the paper that is indexed */
	const char *found;     /* other forms of its words, blank-separated */
	const char *not_found; /* words that are none of them */
} language;

static const language languages[] = {
	{"german", "Die Häuser und Gleichungen der Körper",
         "haus hauser häuser HÄUSER gleichung körpers korper", "haut networks"},
	{"french", "Les théories mesurées des réseaux développées",
         "théorie theories mesuré mesuree mesurés mesurer développé developper réseau", "mes mesa"},
	{"spanish", "Aplicaciones y números de la ecuación, simétrica",
         "aplicación aplicacion aplicar número numero ecuaciones ecuacion simetrico",
         "fun numeral"},
	{"portuguese", "Aplicações e números da generalização",
         "aplicação aplicacao aplicar aplicações número generalizações generalizar", "fun"},
	{"catalan", "Comunicacions", "comunicació comunicacio", "comu"},
	{"italian", "Le teorie delle equazioni", "teoria equazione", "tesi"},
	{"russian", "Новые нейронные сети и полёты",
         "новый новая нейронный нейронной сеть полет полёт", "нос"},
	{"arabic", "الشبكات والمعادلات", "شبكة الشبكة", "كتاب"},
	{"greek", "Δίκτυα και εξισώσεις", "δίκτυο δικτυο εξίσωσης εξισωσησ", "δικη"},
	{"hindi", "समीकरणों की किताबें", "समीकरण किताब किताबों", "कतब"},
	{"swedish", "Lösningar av ekvationer", "lösning losningen ekvation ekvationerna", "los"},
	{"none", "Die Häuser", "häuser hauser", "haus"},
};

/* Calls engine_finds() for each word. */
static void find_each(sheaf_database *db, const char *list, const char *ids)
{
	char text[64];

	while (*list) {
		size_t len = strcspn(list, " ");

		snprintf(text, sizeof text, "%.*s", (int)len, list);
		engine_finds(db, text, ids);
		list += len;
		list += strspn(list, " ");
	}
}

static void other_forms_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		const language              *l = &languages[i];
		const sheaf_database_options options = {.stemmer = l->name};
		engine                       e;
		sheaf_error                  err;

		scratch_path(e.path, "languages");
		must(sheaf_database_open(e.path, SHEAF_DB_CREATE, &options, &e.db, &err), &err);
		must(sheaf_document_new(&e.doc, &err), &err);
		engine_put(&e, "2601.00001", l->title, NULL);
		find_each(e.db, l->found, "2601.00001");
		find_each(e.db, l->not_found, "");
		engine_end(&e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_forms_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
