module sock-shop-incident/test/support/agent-rules

go 1.22
