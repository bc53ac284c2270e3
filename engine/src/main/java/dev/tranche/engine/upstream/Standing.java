package dev.tranche.engine.upstream;

import dev.tranche.engine.signal.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Who does what on a route, as the server tells it.
///
/// @param epoch number of the route's state; rises with each change
/// @param named for each entity that the rollout names, the versions at work on it
/// @param others the versions at work on all other entities
public record Standing(long epoch, Map<String, List<Role>> named, List<Role> others) {
    /// A version, and what its signals are for.
    public record Role(String version, Mode mode) {}

    /// Nothing was ever released.
    public static final Standing NOTHING = new Standing(0, Map.of(), List.of());

    public Standing {
        named = Map.copyOf(named);
        others = List.copyOf(others);
    }

    /// All versions that are at work somewhere.
    public Set<String> versions() {
        Set<String> versions = new LinkedHashSet<>();
        named.values().forEach(roles -> roles.forEach(role -> versions.add(role.version())));
        others.forEach(role -> versions.add(role.version()));
        return versions;
    }

    /// Reads a slot of a route, such as `calibration`.
    ///
    /// @throws IllegalArgumentException for a mode that is none
    static Standing of(JsonNode route, String name) {
        JsonNode slot = route.path(name);
        Map<String, List<Role>> named = new LinkedHashMap<>();
        slot.path("entities").propertyStream().forEach(each -> named.put(each.getKey(), roles(each.getValue())));
        return new Standing(route.path("epoch").asLong(0), named, roles(slot.path("others")));
    }

    private static List<Role> roles(JsonNode list) {
        List<Role> roles = new ArrayList<>();
        for (JsonNode each : list) {
            roles.add(new Role(
                    each.path("version").asString(""),
                    Mode.parse(each.path("mode").asString(""))));
        }
        return List.copyOf(roles);
    }
}
