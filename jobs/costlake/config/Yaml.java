package costlake.config;

import costlake.core.FileErrors;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML into values with their lines. Refuses aliases, merge keys, duplicate keys, and nesting
 * of more than 50 levels.
 */
final class Yaml {
  private static final int DEPTH_MAX = 50;
  private static final String MERGE_KEY = "<<";

  private Yaml() {}

  static ConfigValue.Section read(Path file, Problems problems) {
    String name = file.toString();
    Origin whole = Origin.whole(name);
    try {
      return utf8(Files.readAllBytes(file), name, problems)
          .map(text -> parse(text, name, problems))
          .orElseGet(() -> ConfigValue.Section.empty(whole));
    } catch (IOException e) {
      problems.add(whole, "cannot be read: " + FileErrors.why(e));
      return ConfigValue.Section.empty(whole);
    }
  }

  private static Optional<String> utf8(byte[] bytes, String name, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean valid = !StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError();
    String text = out.flip().toString();
    if (valid && text.indexOf(0) < 0) {
      return Optional.of(text);
    }
    problems.add(
        end(valid ? text.substring(0, text.indexOf(0)) : text, name),
        "is not UTF-8. Save the file as UTF-8, not as UTF-16 or in another encoding");
    return Optional.empty();
  }

  private static Origin end(String text, String name) {
    return Origin.top(name).at(1 + (int) text.chars().filter(c -> c == '\n').count());
  }

  static ConfigValue.Section parse(String text, String name, Problems problems) {
    try {
      Optional<Event> refused = refused(text);
      if (refused.isPresent()) {
        problems.add(place(name, refused.get().getStartMark()), why(refused.get()));
        return ConfigValue.Section.empty(Origin.top(name));
      }
      return section(text, name, problems);
    } catch (MarkedYAMLException e) {
      problems.add(place(name, e.getProblemMark()), "is not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
      problems.add(
          end(before, name),
          "contains the control character U+%04X. Remove it".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      problems.add(Origin.top(name), "cannot be read: " + e.getMessage());
    }
    return ConfigValue.Section.empty(Origin.top(name));
  }

  private static ConfigValue.Section section(String text, String name, Problems problems) {
    Node root = new org.yaml.snakeyaml.Yaml().compose(new StringReader(text));
    if (root instanceof MappingNode mapping) {
      return section(mapping, name, problems);
    }
    if (root != null) {
      problems.add(Origin.top(name), "must contain keys and values");
    }
    return ConfigValue.Section.empty(Origin.top(name));
  }

  /** Finds the first alias or the first section that is nested too deeply. */
  private static Optional<Event> refused(String text) {
    int depth = 0;
    for (Event event : new org.yaml.snakeyaml.Yaml().parse(new StringReader(text))) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (event instanceof AliasEvent || depth > DEPTH_MAX) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private static String why(Event refused) {
    return refused instanceof AliasEvent alias
        ? "alias '*%s' is not supported. Write the value out".formatted(alias.getAnchor())
        : "is nested more than %d levels deep. Use fewer levels".formatted(DEPTH_MAX);
  }

  private static ConfigValue entry(Node node, String name, Problems problems) {
    Origin origin = origin(node, name);
    if (node instanceof MappingNode mapping) {
      return section(mapping, name, problems);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigValue> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(entry(item, name, problems)));
      return new ConfigValue.Items(items, origin);
    }
    ScalarNode scalar = (ScalarNode) node;
    return new ConfigValue.Scalar(
        scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue(), origin);
  }

  private static ConfigValue.Section section(MappingNode mapping, String name, Problems problems) {
    Map<String, ConfigValue> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(origin(tuple.getKeyNode(), name), "a key must be a single word or text");
        continue;
      }
      if (key.getValue().equals(MERGE_KEY)) {
        problems.add(origin(key, name), "merge key '<<' is not supported. Write the keys out");
        continue;
      }
      if (entries.put(key.getValue(), entry(tuple.getValueNode(), name, problems)) != null) {
        problems.add(origin(key, name), "key '" + key.getValue() + "' is given twice");
      }
    }
    return new ConfigValue.Section(entries, origin(mapping, name));
  }

  private static Origin origin(Node node, String name) {
    return place(name, node.getStartMark());
  }

  private static Origin place(String name, Mark mark) {
    return new Origin(name, mark == null ? 1 : mark.getLine() + 1);
  }
}
