package costlake.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lists of hosts as schedulers write them: names separated by commas, with numbers and ranges
 * in brackets. {@code gpu[01-02,07],login} is {@code gpu01}, {@code gpu02}, {@code gpu07} and
 * {@code login}. The numbers of a range have as many digits as its first number.
 */
public final class HostList {
  /** A list with more names is not read. */
  public static final int NAMES_MAX = 100_000;

  /** An item with more brackets is not read: no cluster has names of so many numbers. */
  private static final int BRACKETS_MAX = 8;

  private static final Pattern BRACKETS = Pattern.compile("([^\\[]*)\\[([^\\]]*)\\](.*)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private HostList() {}

  /**
   * Returns the names in their order; empty if the text is not a list of hosts, names a host twice,
   * or has more than {@link #NAMES_MAX} names.
   */
  public static Optional<List<String>> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (String item : items(text)) {
      if (!isOne(item) || !expand("", item, names)) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(names));
  }

  /** Splits a list at the commas that are not in brackets. */
  private static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    int from = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inside = c == '[' || (inside && c != ']');
      if (c == ',' && !inside) {
        items.add(text.substring(from, i));
        from = i + 1;
      }
    }
    items.add(text.substring(from));
    return items;
  }

  /** Whether the brackets of an item are in pairs, not nested, and not too many. */
  private static boolean isOne(String item) {
    String brackets = item.replaceAll("[^\\[\\]]", "");
    return !item.isEmpty()
        && brackets.length() <= 2 * BRACKETS_MAX
        && brackets.replace("[]", "").isEmpty()
        && !brackets.contains("[[");
  }

  /** Adds the names of an item; false if it cannot be read or has too many names. */
  private static boolean expand(String before, String item, Set<String> names) {
    Matcher brackets = BRACKETS.matcher(item);
    if (!brackets.matches()) {
      return names.add(before + item) && names.size() <= NAMES_MAX;
    }
    Optional<List<String>> numbers = numbers(brackets.group(2));
    return numbers.isPresent()
        && numbers.get().stream()
            .allMatch(
                number -> expand(before + brackets.group(1) + number, brackets.group(3), names));
  }

  private static Optional<List<String>> numbers(String text) {
    List<String> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        return Optional.empty();
      }
      String first = range.group(1);
      String last = range.group(2) == null ? first : range.group(2);
      int from = Integer.parseInt(first);
      int to = Integer.parseInt(last);
      if (to < from || to - from >= NAMES_MAX - numbers.size()) {
        return Optional.empty();
      }
      for (int number = from; number <= to; number++) {
        String digits = Integer.toString(number);
        numbers.add("0".repeat(Math.max(0, first.length() - digits.length())) + digits);
      }
    }
    return Optional.of(numbers);
  }
}
