package costlake.incident;

import org.jspecify.annotations.Nullable;

/**
 * What a detector thinks of one point.
 *
 * @param expected the expected value, in the unit of the series; during an incident, what would
 *     have been expected without it. Null if too little came before.
 * @param score how rare the point is, from 0 (ordinary) to 1: 0.5 is one point in ten, 0.67 one in
 *     a hundred, 0.75 one in a thousand. What was said already is ordinary.
 * @param incident whether the point is part of an incident
 */
public record Judgement(@Nullable Double expected, double score, boolean incident) {}
