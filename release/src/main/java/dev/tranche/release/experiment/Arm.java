package dev.tranche.release.experiment;

import dev.tranche.release.Share;
import dev.tranche.release.VersionName;

/// One of the versions compared, and the share of the units it gets.
public record Arm(VersionName version, Share share) {}
