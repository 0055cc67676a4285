using System.CommandLine;

// "--body @order.json" must stay an argument: the replacer would expand @file as a response file.
var root = new RootCommand("flow: runs, validates and evaluates Power Automate and Azure Logic Apps definitions.");
return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }).Invoke();
