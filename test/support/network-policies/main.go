// Prints what the policy engine of kind's network says of connections: one JSON list of booleans.
//
// Reads one JSON document on standard input: the objects of a cluster, and packets. Protocol "" is
// anything that is neither TCP, UDP nor SCTP, such as ICMP: the engine sees it without ports.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/kube-network-policies/pkg/api"
	"sigs.k8s.io/kube-network-policies/pkg/network"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

type packet struct {
	From     string          `json:"from"`
	To       string          `json:"to"`
	Protocol corev1.Protocol `json:"protocol"`
	Port     int             `json:"port"`
}

type input struct {
	Namespaces []corev1.Namespace           `json:"namespaces"`
	Pods       []corev1.Pod                 `json:"pods"`
	Policies   []networkingv1.NetworkPolicy `json:"policies"`
	Packets    []packet                     `json:"packets"`
}

type podsByIP map[string]*api.PodInfo

func (pods podsByIP) GetPodInfoByIP(ip string) (*api.PodInfo, bool) {
	pod, found := pods[ip]
	return pod, found
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// stored gives a policy as the API server hands it out: an empty list, which its storage drops, is
// none. The engine takes an empty list for "allow all", which it never gets from a cluster.
func stored(policy *networkingv1.NetworkPolicy) (*networkingv1.NetworkPolicy, error) {
	data, err := policy.Marshal()
	if err != nil {
		return nil, err
	}
	result := &networkingv1.NetworkPolicy{}
	return result, result.Unmarshal(data)
}

func run() error {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	var objects []runtime.Object
	labels := map[string]map[string]string{}
	for i := range in.Namespaces {
		objects = append(objects, &in.Namespaces[i])
		labels[in.Namespaces[i].Name] = in.Namespaces[i].Labels
	}
	pods := podsByIP{}
	for i := range in.Pods {
		pod := &in.Pods[i]
		objects = append(objects, pod)
		pods[pod.Status.PodIP] = api.NewPodInfo(pod, labels[pod.Namespace], nil, "")
	}
	for i := range in.Policies {
		policy, err := stored(&in.Policies[i])
		if err != nil {
			return err
		}
		objects = append(objects, policy)
	}

	factory := informers.NewSharedInformerFactory(fake.NewClientset(objects...), 0)
	policies := networkpolicy.NewStandardNetworkPolicy(
		"node",
		factory.Core().V1().Namespaces(),
		factory.Core().V1().Pods(),
		factory.Networking().V1().NetworkPolicies(),
	)
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	engine := networkpolicy.NewPolicyEngine(pods, []api.PolicyEvaluator{policies})
	verdicts := []bool{}
	for _, one := range in.Packets {
		verdict, err := engine.EvaluatePacket(ctx, &network.Packet{
			Family:  corev1.IPv4Protocol,
			SrcIP:   net.ParseIP(one.From),
			DstIP:   net.ParseIP(one.To),
			Proto:   one.Protocol,
			SrcPort: 40000,
			DstPort: one.Port,
		})
		if err != nil {
			return err
		}
		verdicts = append(verdicts, verdict)
	}
	return json.NewEncoder(os.Stdout).Encode(verdicts)
}
