package costlake.config;

/**
 * The place where a value is written. A record component of this type has no key: it receives the
 * place of its record.
 *
 * @param file the file, or another origin of the value, e.g. an option of the command line
 * @param line number of the line, from 1; 0 if the origin has no lines
 */
public record Origin(String file, int line) {

  /** Returns the origin at the first line of a file. */
  public static Origin top(String file) {
    return new Origin(file, 1);
  }

  /** Returns an origin without lines, such as a folder or an option. */
  static Origin whole(String place) {
    return new Origin(place, 0);
  }

  /**
   * Returns the place of a line of a text that begins at this place.
   *
   * @param lineOfText number of the line within the text, from 1
   */
  public Origin at(int lineOfText) {
    return new Origin(file, line + lineOfText - 1);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
