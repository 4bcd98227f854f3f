package costlake.convert;

import costlake.core.Failure;
import costlake.model.RelationName;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A version of FOCUS in which charges can be written. */
public enum FocusVersion {
  /** FOCUS 1.2, without the columns that 1.3 and 1.4 added. */
  V1_2("1.2", "focus.cost_and_usage_v1_2"),
  /** FOCUS 1.3, without the columns that 1.4 added. */
  V1_3("1.3", "focus.cost_and_usage_v1_3"),
  /** The version in which Costlake stores charges. */
  V1_4("1.4", "focus.cost_and_usage");

  private final String number;
  private final String charges;

  FocusVersion(String number, String charges) {
    this.number = number;
    this.charges = charges;
  }

  /**
   * Finds the version with a number such as {@code 1.2}.
   *
   * @throws Failure with exit code 2 if there is no such version
   */
  public static FocusVersion of(String number) {
    return Arrays.stream(values())
        .filter(version -> version.number.equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.operator(
                    "Cannot write FOCUS %s. Versions that can be written: %s",
                    number,
                    Arrays.stream(values())
                        .map(version -> version.number)
                        .collect(Collectors.joining(", "))));
  }

  /** Returns the name of the model with the charges in this version. */
  RelationName charges() {
    return RelationName.parse(charges);
  }
}
