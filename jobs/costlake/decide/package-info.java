/**
 * Decisions of people and the tables that record them. A package registers its kinds of decisions
 * as services of {@link costlake.decide.DecisionKind}; the lake stores decisions and carries them
 * out without knowing what they are about.
 */
@NullMarked
package costlake.decide;

import org.jspecify.annotations.NullMarked;
