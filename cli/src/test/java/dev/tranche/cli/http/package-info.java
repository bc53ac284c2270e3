/// Tests.
@NullMarked
package dev.tranche.cli.http;

import org.jspecify.annotations.NullMarked;
