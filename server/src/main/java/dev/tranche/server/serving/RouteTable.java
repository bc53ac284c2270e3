package dev.tranche.server.serving;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The routes in force on this node. Readers take one volatile read of an immutable route; writers swap.
public final class RouteTable {
    private volatile Map<String, Route> routes = Map.of();
    private volatile @Nullable String defaultProduct;
    private final List<Consumer<Route>> listeners = new CopyOnWriteArrayList<>();

    private RouteTable() {}

    /// A table without routes.
    public static RouteTable create() {
        return new RouteTable();
    }

    /// Puts a route in force; the next request sees it. The one before is retired, so its models leave the
    /// memory when the last call on it ends, unless somebody else uses them.
    ///
    /// @return false when the product's route in force is as new or newer; then this one is retired
    public boolean swap(Route route) {
        Route old;
        synchronized (listeners) {
            old = routes.get(route.product());
            if (old != null && old.epoch() >= route.epoch()) {
                route.retire();
                return false;
            }
            Map<String, Route> next = new TreeMap<>(routes);
            next.put(route.product(), route);
            routes = next;
        }
        if (old != null) {
            old.retire();
        }
        listeners.forEach(listener -> listener.accept(route));
        return true;
    }

    /// Takes a product's route away and retires it.
    public void remove(String product) {
        Route old;
        synchronized (listeners) {
            Map<String, Route> next = new TreeMap<>(routes);
            old = next.remove(product);
            routes = next;
        }
        if (old != null) {
            old.retire();
        }
    }

    /// Takes all routes away and retires them.
    public void clear() {
        routes.keySet().forEach(this::remove);
    }

    /// The route of a product, null when it has none. To answer on it, hold it first: [Route#hold()].
    public @Nullable Route route(String product) {
        return routes.get(product);
    }

    /// All routes, ordered by product.
    public Collection<Route> all() {
        return routes.values();
    }

    /// The product of a request that names none: the configured default, else the only one there is.
    public Optional<String> implied() {
        String configured = defaultProduct;
        if (configured != null) {
            return Optional.of(configured);
        }
        Map<String, Route> now = routes;
        return now.size() == 1 ? Optional.of(now.keySet().iterator().next()) : Optional.empty();
    }

    /// Sets the product of requests that name none; null leaves it to there being only one.
    public void implied(@Nullable String product) {
        defaultProduct = product;
    }

    /// Calls a listener after each swap, on the swapping thread.
    public void onSwap(Consumer<Route> listener) {
        listeners.add(listener);
    }
}
