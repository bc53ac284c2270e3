/// Configuration as one immutable, validated snapshot that is swapped whole.
@NullMarked
package dev.tranche.runtime.config;

import org.jspecify.annotations.NullMarked;
