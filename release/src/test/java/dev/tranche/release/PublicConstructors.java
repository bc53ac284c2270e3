package dev.tranche.release;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// That a class has no public constructor.
final class PublicConstructors {
    private PublicConstructors() {}

    static ArchCondition<JavaClass> none() {
        return new ArchCondition<>("have no public constructor") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean open = type.getConstructors().stream()
                        .anyMatch(each -> each.getModifiers().contains(JavaModifier.PUBLIC));
                events.add(new SimpleConditionEvent(type, !open, type.getName() + " has a public constructor"));
            }
        };
    }
}
