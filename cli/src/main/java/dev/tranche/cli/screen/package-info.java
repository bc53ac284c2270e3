/// What reaches a terminal or a pipe: widths, colours, tables, bars, durations in words.
@NullMarked
package dev.tranche.cli.screen;

import org.jspecify.annotations.NullMarked;
