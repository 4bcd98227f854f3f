package costlake.fetch;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A header whose value comes from the environment and is shown nowhere. */
public final class SecretHeader {
  private static final String FILE = "_FILE";
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
   * Looks a header up.
   *
   * @param variables names in the order in which they count; the same names with {@code _FILE}
   *     point to a file with the value
   * @throws Failure with exit code 2 if such a file cannot be read
   */
  public static SecretHeader of(
      String name, List<String> variables, Map<String, String> environment) {
    Optional<String> value =
        variables.stream().flatMap(one -> find(one, environment).stream()).findFirst();
    return new SecretHeader(name, List.copyOf(variables), value.map(String::strip));
  }

  private static Optional<String> find(String variable, Map<String, String> environment) {
    String file = environment.get(variable + FILE);
    if (file == null) {
      return Optional.ofNullable(environment.get(variable));
    }
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot read %s, which %s_FILE names: %s", file, variable, e.getMessage());
    }
  }

  String name() {
    return name;
  }

  Optional<String> value() {
    return value;
  }

  /** The names of the variables, for messages. */
  String variables() {
    return String.join(" or ", variables);
  }

  /** A text without the value and without any of its words, in case a server repeats it. */
  String hide(String text) {
    String hidden = value.map(one -> text.replace(one, HIDDEN)).orElse(text);
    return WORDS
        .splitAsStream(value.orElse(""))
        .filter(word -> word.length() > SHORTEST && !isScheme(word))
        .reduce(hidden, (shown, word) -> shown.replace(word, HIDDEN));
  }

  private static boolean isScheme(String word) {
    return word.equalsIgnoreCase("Bearer") || word.equalsIgnoreCase("Basic");
  }

  @Override
  public String toString() {
    return name;
  }
}
