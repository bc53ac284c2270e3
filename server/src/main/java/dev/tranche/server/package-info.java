/// Where time passes for models: threads, disk, sockets, logs.
@NullMarked
package dev.tranche.server;

import org.jspecify.annotations.NullMarked;
