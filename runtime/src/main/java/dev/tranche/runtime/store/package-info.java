/// PostgreSQL: started in the data folder or reached by URL; control events, leadership and content-addressed
/// bytes.
@NullMarked
package dev.tranche.runtime.store;

import org.jspecify.annotations.NullMarked;
