package costlake.config;

import costlake.core.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references to secrets by the secrets. {@code ${NAME}} is the value of an environment
 * variable. {@code ${file:NAME}} is the content of the file that the variable names. Refuses
 * secrets that are written in the configuration, also inside an address.
 */
final class Secrets {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(file:)?([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(?i).*(password|passwd|secret|token|credential|(access|account|api|private|routing)[-_.]?key).*");

  /**
   * Matches a user and a password before the host. Digits after the host are a port, not a
   * password.
   */
  private static final String USER_AND_PASSWORD = "://[^/?#\\s:@]*:(?!\\d+(?:[/?#;,]|$))[^\\s@]+@";

  /**
   * Matches a token before the host of an HTTP address. In addresses of other schemes, this part is
   * a user or a container.
   */
  private static final String TOKEN = "https?://[^/?#\\s@]+@";

  private static final Pattern SECRET_IN_URI =
      Pattern.compile(
          "(?i)"
              + USER_AND_PASSWORD
              + "|"
              + TOKEN
              + "|(?:^|[?&;])(?:sig|[\\w.-]*(?:password|passwd|pwd|secret|token|credential|signature|(?:access|account|api|private)[-_.]?key))=[^&;\\s]");

  /** Key of a section of names of columns, e.g. {@code output_tokens: tokens}, not of secrets. */
  private static final String COLUMNS = "columns";

  private final Function<String, String> environment;
  private final Problems problems;

  Secrets(Function<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Whether a text as written is a reference to a secret. */
  static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  ConfigValue.Section resolve(ConfigValue.Section section) {
    return resolve(section, key -> key);
  }

  /**
   * Resolves the entries of a section.
   *
   * @param meaning the key that says what an entry is
   */
  private ConfigValue.Section resolve(ConfigValue.Section section, UnaryOperator<String> meaning) {
    Map<String, ConfigValue> resolved = new LinkedHashMap<>();
    section
        .entries()
        .forEach((key, entry) -> resolved.put(key, resolve(meaning.apply(key), entry)));
    return new ConfigValue.Section(resolved, section.origin());
  }

  private ConfigValue resolve(String key, ConfigValue entry) {
    if (entry instanceof ConfigValue.Section section) {
      return key.equals(COLUMNS) ? resolve(section, any -> COLUMNS) : resolve(section);
    }
    if (entry instanceof ConfigValue.Items items) {
      return new ConfigValue.Items(
          items.entries().stream().map(item -> resolve(key, item)).toList(), items.origin());
    }
    return scalar(key, (ConfigValue.Scalar) entry);
  }

  private ConfigValue.Scalar scalar(String key, ConfigValue.Scalar scalar) {
    String text = scalar.text();
    if (text == null) {
      return scalar;
    }
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      refuseSecret(key, text, scalar.origin());
      return scalar;
    }
    String value = environment.apply(matcher.group(2));
    if (value == null) {
      problems.add(scalar.origin(), "the environment variable " + matcher.group(2) + " is not set");
      return scalar;
    }
    return new ConfigValue.Scalar(
        matcher.group(1) == null ? value : read(value, scalar), scalar.origin());
  }

  private void refuseSecret(String key, String text, Origin origin) {
    if (SECRET_KEY.matcher(key).matches() && !text.isBlank()) {
      problems.add(
          origin,
          Message.of(
              """
              '%s' looks like a secret: put it into an environment variable NAME and write
              ${NAME} here, or put it into a file and write ${file:NAME}
              """,
              key));
    } else if (SECRET_IN_URI.matcher(text).find()) {
      problems.add(
          origin,
          Message.of(
              """
              the address in '%s' contains a secret: put the whole address into an environment
              variable NAME and write ${NAME} here, or put it into a file and write ${file:NAME}
              """,
              key));
    }
  }

  private String read(String file, ConfigValue.Scalar scalar) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      problems.add(
          scalar.origin(), "the file named by " + scalar.text() + " cannot be read: " + file);
      return "";
    }
  }
}
