package costlake.core;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.jspecify.annotations.Nullable;

/** A message for a person, as long as it needs to be. */
public final class Message {
  private Message() {}

  /**
   * Joins the lines of a text into one and fills in the arguments.
   *
   * @param text a format, best a text block; an indented line stays a line
   */
  @FormatMethod
  public static String of(@FormatString String text, @Nullable Object... arguments) {
    return text.strip().replaceAll("\n(?! )", " ").formatted(arguments);
  }
}
