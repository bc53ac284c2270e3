/// The packaged product as processes: every test names the promise it proves.
@NullMarked
package dev.tranche.e2e;

import org.jspecify.annotations.NullMarked;
