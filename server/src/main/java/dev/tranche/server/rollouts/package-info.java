/// What is registered, live, under way and on trial, as a fold over the control journal; and who moves it.
@NullMarked
package dev.tranche.server.rollouts;

import org.jspecify.annotations.NullMarked;
