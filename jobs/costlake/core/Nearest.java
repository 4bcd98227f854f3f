package costlake.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that is most similar to a wrong name, for <em>Did you mean …?</em> */
public final class Nearest {
  private Nearest() {}

  /** Returns the candidate with the smallest edit distance; empty if no candidate is similar. */
  public static Optional<String> to(String name, Collection<String> candidates) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, name.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit)
        .min(
            Comparator.comparingInt(
                    (String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns {@code " Did you mean 'x'?"}, or an empty text if no candidate is similar. */
  public static String hint(String name, Collection<String> candidates) {
    return to(name, candidates).map(near -> " Did you mean '" + near + "'?").orElse("");
  }

  /**
   * Counts the letters to insert, remove, replace or swap with the next letter (optimal string
   * alignment distance).
   */
  private static int distance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : least(distance, a, b, i, j);
      }
    }
    return distance[a.length()][b.length()];
  }

  private static int least(int[][] distance, String a, String b, int i, int j) {
    int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
  }
}
