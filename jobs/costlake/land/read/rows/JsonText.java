package costlake.land.read.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Converts JSON values to text without loss: numbers are never converted to doubles. */
public final class JsonText {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // Python writes NaN and Infinity as words.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private JsonText() {}

  /** Creates a parser of UTF-8 for the other methods. */
  public static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
    return FACTORY.createParser(bytes, from, to - from);
  }

  /**
   * Returns the current value of the parser: text without quotes, a number or boolean as written,
   * an object or array as JSON without white space, null as null. Moves the parser to the value's
   * end.
   *
   * @param bytes the bytes that the parser reads
   * @param from offset of the first byte that the parser reads
   */
  public static @Nullable UTF8String value(JsonParser parser, byte[] bytes, int from)
      throws IOException {
    JsonToken token = Objects.requireNonNull(parser.currentToken());
    if (token.isStructStart()) {
      long start = parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      long end = parser.currentLocation().getByteOffset();
      return dense(bytes, from + Math.toIntExact(start), from + Math.toIntExact(end));
    }
    return token == JsonToken.VALUE_NULL ? null : UTF8String.fromString(parser.getText());
  }

  private static UTF8String dense(byte[] bytes, int from, int to) {
    byte[] dense = new byte[to - from];
    int length = 0;
    boolean inText = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inText || b > ' ') {
        dense[length++] = b;
      }
      if (inText && b == '\\') {
        dense[length++] = bytes[++i];
      } else if (b == '"') {
        inText = !inText;
      }
    }
    return UTF8String.fromBytes(Arrays.copyOf(dense, length));
  }

  /**
   * Writes a text as a JSON value. It is written without quotes only if {@code quoted} is false and
   * JSON has such a value, i.e. not for NaN and infinity.
   */
  public static String literal(@Nullable UTF8String text, boolean quoted) {
    if (text == null) {
      return "null";
    }
    String value = text.toString();
    return quoted || value.equals("NaN") || value.endsWith("Infinity") ? quoted(value) : value;
  }

  public static String quoted(String value) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }

  /** Writes texts by name as a JSON object. */
  public static String object(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ':' + quoted(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
