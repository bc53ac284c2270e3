package dev.tranche.inference.transform;

import java.util.List;

/// A column as the compiler knows it.
///
/// @param name its name at this point of the list of steps
/// @param slot its place in the frame, never written by another step
/// @param kind what it holds
/// @param levels the texts it can hold when they are known, else empty
/// @param features the features of the request that it was made from, in order of first use
record Column(String name, int slot, Kind kind, List<String> levels, List<String> features) {}
