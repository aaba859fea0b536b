/* match_spy_private.h: how a run feeds a spy. */
#ifndef MATCH_SPY_PRIVATE_H
#define MATCH_SPY_PRIVATE_H

#include <sheaf/match_spy.h>

#include "match.h"

/* What the match calls for each hit; borrowed from the spy, and lives as long. */
const match_hook *match_spy_hook(sheaf_match_spy *spy);
/* Forgets what an earlier run has shown it. To be called before each run. */
sheaf_status match_spy_begin(sheaf_match_spy *spy);

#endif
