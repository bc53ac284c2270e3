/// The engine's doors: health, metrics, signals.
@NullMarked
package dev.tranche.engine.http;

import org.jspecify.annotations.NullMarked;
