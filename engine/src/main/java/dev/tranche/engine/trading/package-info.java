/// Market making as a process: the desk, its venues, its journal, its doors, and who watches over it.
@NullMarked
package dev.tranche.engine.trading;

import org.jspecify.annotations.NullMarked;
