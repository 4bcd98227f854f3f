package costlake.land.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** JSON objects as maps of text: numbers and booleans as written, nested values as their JSON. */
final class JsonMaps {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();

  private JsonMaps() {}

  /** The members without nulls, or null when the bytes are no JSON object. */
  static @Nullable Map<UTF8String, UTF8String> parse(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<UTF8String, UTF8String> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        UTF8String name = UTF8String.fromString(parser.currentName());
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
          members.put(name, UTF8String.fromString(MAPPER.readTree(parser).toString()));
        } else if (value != JsonToken.VALUE_NULL) {
          members.put(name, UTF8String.fromString(parser.getText()));
        }
      }
      return parser.nextToken() == null ? members : null;
    } catch (IOException e) {
      return null;
    }
  }
}
