package costlake.config;

import costlake.core.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets come from the environment, {@code ${NAME}}, or from a file that a variable names, {@code
 * ${file:NAME}}; a secret written into a file of the configuration is refused, also inside an
 * address.
 */
final class Secrets {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(file:)?([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(?i).*(password|passwd|secret|token|credential|(access|account|api|private)[-_.]?key).*");

  /** After a host, digits are its port; a password may contain any character. */
  private static final String USER_AND_PASSWORD = "://[^/?#\\s:@]*:(?!\\d+(?:[/?#;,]|$))[^\\s@]+@";

  /** Other schemes name a user or a container there. */
  private static final String TOKEN = "https?://[^/?#\\s@]+@";

  private static final Pattern SECRET_IN_URI =
      Pattern.compile(
          "(?i)"
              + USER_AND_PASSWORD
              + "|"
              + TOKEN
              + "|(?:^|[?&;])(?:sig|[\\w.-]*(?:password|passwd|pwd|secret|token|credential|signature|(?:access|account|api|private)[-_.]?key))=[^&;\\s]");

  private final Function<String, String> environment;
  private final Problems problems;

  Secrets(Function<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  ConfigValue.Section resolve(ConfigValue.Section section) {
    Map<String, ConfigValue> resolved = new LinkedHashMap<>();
    section.entries().forEach((key, entry) -> resolved.put(key, resolve(key, entry)));
    return new ConfigValue.Section(resolved, section.origin());
  }

  private ConfigValue resolve(String key, ConfigValue entry) {
    if (entry instanceof ConfigValue.Section section) {
      return resolve(section);
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
      problems.add(scalar.origin(), "the environment has no variable " + matcher.group(2));
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
              '%s' looks like a secret: put it into the environment and write ${NAME} or
              ${file:NAME} here
              """,
              key));
    } else if (SECRET_IN_URI.matcher(text).find()) {
      problems.add(
          origin,
          Message.of(
              """
              the address in '%s' holds a secret: put the whole address into the environment and
              write ${NAME} or ${file:NAME} here
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
