package dev.tranche.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The sentence of a user's document that a test proves: number of the document, section, and the promise in
/// words. `docs/reference/promises.md` is generated from these.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Promise {
    /// For instance `000 §3.1 POST /predict runs a prediction`.
    String[] value();
}
