/* sheaf/sheaf.h: the whole library. */
#ifndef SHEAF_SHEAF_H
#define SHEAF_SHEAF_H

#include <sheaf/backtest.h>
#include <sheaf/classifier.h>
#include <sheaf/database.h>
#include <sheaf/digest.h>
#include <sheaf/document.h>
#include <sheaf/enquire.h>
#include <sheaf/eset.h>
#include <sheaf/evaluation.h>
#include <sheaf/harvest.h>
#include <sheaf/import.h>
#include <sheaf/learn.h>
#include <sheaf/match_spy.h>
#include <sheaf/mset.h>
#include <sheaf/profile.h>
#include <sheaf/query.h>
#include <sheaf/query_parser.h>
#include <sheaf/status.h>
#include <sheaf/stem.h>
#include <sheaf/stopper.h>
#include <sheaf/suggest.h>
#include <sheaf/term_generator.h>
#include <sheaf/writer.h>

#endif
