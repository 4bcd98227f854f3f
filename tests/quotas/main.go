// Judges custom resources as the API server of Kubernetes does: by the schema and the rules of their definition.
// Usage: judge DEFINITION.yaml VERSION RESOURCES.yaml. Prints the names of valid resources. Ends with 1 if one is not valid.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

func main() {
	schema, err := schemaOf(os.Args[1], os.Args[2])
	if err == nil {
		err = judge(schema, os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func schemaOf(file, version string) (*apiextensions.JSONSchemaProps, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var definition v1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(text, &definition); err != nil {
		return nil, err
	}
	for _, one := range definition.Spec.Versions {
		if one.Name == version {
			var schema apiextensions.JSONSchemaProps
			err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(one.Schema.OpenAPIV3Schema, &schema, nil)
			return &schema, err
		}
	}
	return nil, fmt.Errorf("%s has no version %s", file, version)
}

func judge(schema *apiextensions.JSONSchemaProps, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	reader := kubeyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var resource map[string]any
		if err := yaml.UnmarshalStrict(document, &resource); err != nil {
			return err
		}
		if resource == nil {
			continue
		}
		if err := valid(schema, resource); err != nil {
			return err
		}
		fmt.Println(resource["metadata"].(map[string]any)["name"])
	}
}

func valid(schema *apiextensions.JSONSchemaProps, resource map[string]any) error {
	shape, err := structural.NewStructural(schema)
	if err != nil {
		return err
	}
	unknown := pruning.PruneWithOptions(resource, shape, true, structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	if len(unknown) > 0 {
		return fmt.Errorf("unknown fields: %v", unknown)
	}
	validator, _, err := validation.NewSchemaValidator(schema)
	if err != nil {
		return err
	}
	found := validation.ValidateCustomResource(field.NewPath(""), resource, validator)
	found = append(found, listtype.ValidateListSetsAndMaps(field.NewPath(""), shape, resource)...)
	rules, _ := cel.NewValidator(shape, true, math.MaxInt64).Validate(context.Background(), field.NewPath(""), shape, resource, nil, math.MaxInt64)
	return append(found, rules...).ToAggregate()
}
