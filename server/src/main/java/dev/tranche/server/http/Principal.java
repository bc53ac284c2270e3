package dev.tranche.server.http;

import java.util.Set;

/// Who asks.
///
/// @param name the name the token was given, the actor in records
/// @param roles what the token may do
public record Principal(String name, Set<Role> roles) {
    public Principal {
        roles = Set.copyOf(roles);
    }

    /// True when this caller may act in the role; an admin may act in every role, and whoever moves rollouts
    /// by hand may also tell what moves them.
    public boolean may(Role role) {
        return roles.contains(role)
                || roles.contains(Role.ADMIN)
                || (role == Role.MEASURE && roles.contains(Role.OPERATE));
    }
}
