package costlake.fetch;

import costlake.core.Failure;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A header whose value comes from an environment variable and never appears in a message. */
public final class SecretHeader {
  private static final String HIDDEN = "***";
  private static final int SHORTEST = 4;
  private static final Pattern WORDS = Pattern.compile("\\s+");

  private final String name;
  private final List<String> variables;
  private final Optional<String> value;

  private SecretHeader(String name, List<String> variables, Optional<String> value) {
    this.name = name;
    this.variables = variables;
    this.value = value;
  }

  /**
   * Reads a header from the environment.
   *
   * @param variables names of variables; the first that is set counts. A variable with the suffix
   *     {@code _FILE} names a file with the value
   * @throws Failure with exit code 2 if the file cannot be read, or if the value is not allowed in
   *     a header
   */
  public static SecretHeader of(
      String name, List<String> variables, Map<String, String> environment) {
    Optional<String> value = SecretVariables.find(variables, environment);
    SecretHeader header = new SecretHeader(name, List.copyOf(variables), value);
    value.ifPresent(header::check);
    return header;
  }

  /**
   * Refuses a value that is not allowed in a header. The failure omits Java's exception as its
   * cause, because the message of the exception contains the value.
   */
  private void check(String text) {
    try {
      HttpRequest.newBuilder().header(name, text);
    } catch (IllegalArgumentException e) {
      throw Failure.operator(
          "The value of %s has a character that the %s header cannot have, e.g. a line break."
              + " Set it again.",
          variables(), name);
    }
  }

  String name() {
    return name;
  }

  Optional<String> value() {
    return value;
  }

  /** Returns the names of the variables, for messages. */
  String variables() {
    return String.join(" or ", variables);
  }

  /** Replaces the value and each of its words in a text, because a server may repeat them. */
  String hide(String text) {
    String hidden = value.map(one -> text.replace(one, HIDDEN)).orElse(text);
    return words().reduce(hidden, (shown, word) -> shown.replace(word, HIDDEN));
  }

  /** Cuts a text that {@link #hide} returned, and replaces a part of a secret word at its end. */
  String hideCut(String text, int shown) {
    String cut = text.substring(0, Math.min(text.length(), shown));
    return words().reduce(cut, SecretHeader::hideEnd);
  }

  private static String hideEnd(String text, String word) {
    return IntStream.range(1, word.length())
        .map(less -> word.length() - less)
        .filter(length -> text.endsWith(word.substring(0, length)))
        .mapToObj(length -> text.substring(0, text.length() - length) + HIDDEN)
        .findFirst()
        .orElse(text);
  }

  private Stream<String> words() {
    return WORDS
        .splitAsStream(value.orElse(""))
        .filter(word -> word.length() > SHORTEST && !isScheme(word));
  }

  /** Returns the number of characters of the value. */
  int length() {
    return value.orElse("").length();
  }

  private static boolean isScheme(String word) {
    return word.equalsIgnoreCase("Bearer") || word.equalsIgnoreCase("Basic");
  }

  @Override
  public String toString() {
    return name;
  }
}
