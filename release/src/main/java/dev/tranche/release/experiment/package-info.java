/// Experiments by stable assignment, and the always-valid statistics that rollouts and readouts share.
@NullMarked
package dev.tranche.release.experiment;

import org.jspecify.annotations.NullMarked;
