/// PMML models: fields, transformations, predicates, and the scorecards, regressions and trees made of them.
@NullMarked
package dev.tranche.inference.pmml;

import org.jspecify.annotations.NullMarked;
