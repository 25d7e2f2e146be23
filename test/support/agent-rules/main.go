// Applies the rules of the Agent to events with Go's own regexp, as the Agent does, and prints what
// is left of each event, null where a rule drops it, and how long all of them took.
//
// Reads one JSON document on standard input: rules of an annotation, and joined events.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"time"
)

type rule struct {
	Type        string `json:"type"`
	Name        string `json:"name"`
	Pattern     string `json:"pattern"`
	Placeholder string `json:"replace_placeholder"`
}

type compiled struct {
	rule
	regex *regexp.Regexp
}

type input struct {
	Rules  []rule   `json:"rules"`
	Events []string `json:"events"`
}

type output struct {
	Sent  []*string `json:"sent"`
	Nanos int64     `json:"nanos"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	rules := []compiled{}
	for _, one := range in.Rules {
		pattern := one.Pattern
		if one.Type == "multi_line" {
			pattern = "^" + pattern
		}
		regex, err := regexp.Compile(pattern)
		if err != nil {
			return fmt.Errorf("rule %s: %w", one.Name, err)
		}
		rules = append(rules, compiled{one, regex})
	}
	began := time.Now()
	sent := []*string{}
	for _, event := range in.Events {
		sent = append(sent, judged([]byte(event), rules))
	}
	return json.NewEncoder(os.Stdout).Encode(output{sent, time.Since(began).Nanoseconds()})
}

func judged(event []byte, rules []compiled) *string {
	content := bytes.TrimSpace(event)
	if len(content) == 0 {
		return nil
	}
	for _, one := range rules {
		switch one.Type {
		case "mask_sequences":
			content = one.regex.ReplaceAll(content, []byte(one.Placeholder))
		case "exclude_at_match":
			if one.regex.Match(content) {
				return nil
			}
		}
	}
	text := string(content)
	return &text
}
