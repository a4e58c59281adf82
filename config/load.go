package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
	"go.yaml.in/yaml/v4"
)

// Prefix begins every environment variable.
const Prefix = "DUBAN_"

// Sources are where a configuration is read from: main hands them in.
type Sources struct {
	File     string                            // path of the YAML file; "" = none
	Optional bool                              // the file may be missing
	Env      map[string]string                 // the whole environment
	ReadFile func(name string) ([]byte, error) // how files are read
}

// Load lays file over defaults and environment over file, then checks the result.
// The error joins every problem found; each is a Chinese sentence for the operator.
func Load(s Sources) (Config, error) {
	c := Default()
	var problems []error
	if s.File != "" {
		b, err := s.ReadFile(s.File)
		switch {
		case errors.Is(err, fs.ErrNotExist) && s.Optional:
		case err != nil:
			return c, fmt.Errorf("配置文件 %s 无法读取：%w", s.File, FileFault(err))
		default:
			if err := yaml.Load(b, &c, yaml.WithKnownFields()); err != nil && len(strings.TrimSpace(string(b))) > 0 {
				problems = append(problems, yamlFaults(s.File, err)...)
			}
		}
	}
	vars, err := secretsFromFiles(s)
	if err != nil {
		problems = append(problems, err)
	}
	if err := env.ParseWithOptions(&c, env.Options{Prefix: Prefix, Environment: vars}); err != nil {
		problems = append(problems, envFaults(err)...)
	}
	problems = append(problems, unknown(vars)...)
	problems = append(problems, c.check()...)
	return c, errors.Join(problems...)
}

// secretsFromFiles replaces X_FILE by the content of the file it names, so that a
// secret need not stand in the environment.
func secretsFromFiles(s Sources) (map[string]string, error) {
	out := map[string]string{}
	for k, v := range s.Env {
		if strings.HasPrefix(k, Prefix) && v != "" { // "" is unset
			out[k] = v
		}
	}
	for k, name := range out {
		base, isFile := strings.CutSuffix(k, "_FILE")
		if !isFile {
			continue
		}
		delete(out, k)
		if _, both := out[base]; both {
			return out, fmt.Errorf("环境变量 %s 和 %s 只能设一个", base, k)
		}
		b, err := s.ReadFile(name)
		if err != nil {
			return out, fmt.Errorf("环境变量 %s 指向的文件无法读取：%w", k, FileFault(err))
		}
		out[base] = strings.TrimSpace(string(b))
	}
	return out, nil
}

// unknown names variables that begin with our prefix and mean nothing: most often a
// typing error that would otherwise go unseen.
func unknown(vars map[string]string) []error {
	var known []string
	for _, k := range Keys() {
		known = append(known, k.Env)
	}
	var out []error
	for k := range vars {
		if !slices.Contains(known, k) && !strings.HasPrefix(k, Prefix+"TEST_") {
			out = append(out, fmt.Errorf("环境变量 %s 不认识，请核对拼写%s", k, suggestion(k, known)))
		}
	}
	slices.SortFunc(out, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return out
}

// Key is one key of the configuration.
type Key struct {
	Path    string // dingtalk.client_secret
	Env     string // DUBAN_DINGTALK_CLIENT_SECRET; "" for lists that only the file has
	Default string
}

// Lines lists the configuration in force as people read it, "key = value" in the order of
// Config; secrets are hidden. What is empty is left out.
func (c Config) Lines() []string {
	var out []string
	for _, k := range keys(reflect.ValueOf(c), "", Prefix) {
		if k.Default != "" && k.Default != "[]" && k.Env != "" {
			out = append(out, k.Path+" = "+k.Default)
		}
	}
	return out
}

// Keys lists every key in the order of Config, for documentation that a test holds
// against the code.
func Keys() []Key { return keys(reflect.ValueOf(Default()), "", Prefix) }

func keys(v reflect.Value, path, prefix string) []Key {
	var out []Key
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name := path + f.Tag.Get("yaml")
		if p := f.Tag.Get("envPrefix"); p != "" {
			out = append(out, keys(v.Field(i), name+".", prefix+p)...)
			continue
		}
		k := Key{Path: name, Env: prefix + f.Tag.Get("env"), Default: fmt.Sprint(v.Field(i).Interface())}
		if f.Tag.Get("env") == "-" {
			k.Env, k.Default = "", ""
		}
		out = append(out, k)
	}
	return out
}

// FromOS is the real file system, for main.
func FromOS(file string, optional bool, environ []string) Sources {
	vars := map[string]string{}
	for _, kv := range environ {
		if k, v, ok := strings.Cut(kv, "="); ok {
			vars[k] = v
		}
	}
	return Sources{File: file, Optional: optional, Env: vars, ReadFile: os.ReadFile}
}
