package costlake.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into entries that remember their line. Anchors, tags and duplicate keys are refused.
 */
final class Yaml {
  private Yaml() {}

  static Entry.Section read(Path file, Problems problems) {
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), problems);
    } catch (IOException e) {
      problems.add(file.toString(), "cannot be read: " + e.getMessage());
      return Entry.Section.empty(file.toString());
    }
  }

  static Entry.Section parse(String text, String name, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        return section(mapping, name, problems);
      }
      if (root != null) {
        problems.add(name + ":1", "must hold keys and values");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(name + ":" + line, "is not YAML: " + e.getProblem());
    }
    return Entry.Section.empty(name + ":1");
  }

  private static Entry entry(Node node, String name, Problems problems) {
    String origin = origin(node, name);
    if (node instanceof MappingNode mapping) {
      return section(mapping, name, problems);
    }
    if (node instanceof SequenceNode sequence) {
      List<Entry> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(entry(item, name, problems)));
      return new Entry.Items(items, origin);
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Entry.Scalar(scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue(), origin);
  }

  private static Entry.Section section(MappingNode mapping, String name, Problems problems) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(origin(tuple.getKeyNode(), name), "a key must be a plain word");
        continue;
      }
      if (entries.put(key.getValue(), entry(tuple.getValueNode(), name, problems)) != null) {
        problems.add(origin(key, name), "key '" + key.getValue() + "' is given twice");
      }
    }
    return new Entry.Section(entries, origin(mapping, name));
  }

  private static String origin(Node node, String name) {
    return name + ":" + (node.getStartMark().getLine() + 1);
  }
}
