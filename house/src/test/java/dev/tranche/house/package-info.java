/// What every module keeps to.
@NullMarked
package dev.tranche.house;

import org.jspecify.annotations.NullMarked;
