package costlake.fetch;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads secrets from environment variables, or from the files that they name. */
public final class SecretVariables {
  private static final String FILE = "_FILE";

  private SecretVariables() {}

  /**
   * Returns the secret of the first variable that is set.
   *
   * @param variables names of variables. A variable with the suffix {@code _FILE} names a file with
   *     the value
   * @throws Failure with exit code 2 if the file cannot be read
   */
  public static Optional<String> find(List<String> variables, Map<String, String> environment) {
    return variables.stream().flatMap(one -> find(one, environment).stream()).findFirst();
  }

  /**
   * Returns the content of the file that the variable {@code NAME_FILE} names or, if this variable
   * is not set, the value of the variable {@code NAME}. Returns empty if this text is blank, or if
   * neither variable is set.
   */
  private static Optional<String> find(String variable, Map<String, String> environment) {
    String file = environment.getOrDefault(variable + FILE, "");
    String text = file.isBlank() ? environment.getOrDefault(variable, "") : read(variable, file);
    return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
  }

  private static String read(String variable, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot read %s, which %s_FILE names: %s", file, variable, FileErrors.why(e));
    }
  }
}
