package dev.tranche.server.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The features that requests for one product may carry, each with a position: the union of what the versions
/// on the product's route ask for. A record stores values by position and points to its layout, which is a
/// record itself.
public final class Layout {
    private final String product;
    private final List<String> names;
    private final Map<String, Integer> positions;
    private final int hash;

    private Layout(String product, List<String> names) {
        this.product = product;
        this.names = List.copyOf(names);
        this.hash = 31 * product.hashCode() + this.names.hashCode();
        this.positions = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            if (positions.put(names.get(i), i) != null) {
                throw new IllegalArgumentException("layout names a feature twice: " + names.get(i));
            }
        }
    }

    /// The layout of these features, in this order.
    ///
    /// @throws IllegalArgumentException when a name occurs twice
    public static Layout of(String product, List<String> names) {
        return new Layout(product, names);
    }

    /// The product the layout belongs to.
    public String product() {
        return product;
    }

    /// The names, by position.
    public List<String> names() {
        return names;
    }

    /// Number of features.
    public int size() {
        return names.size();
    }

    /// Position of a feature, -1 when the layout does not have it.
    public int position(String name) {
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Layout that
                        && hash == that.hash
                        && product.equals(that.product)
                        && names.equals(that.names));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return product + names;
    }
}
