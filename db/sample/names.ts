/** Common first and last names by country. Together they make nobody in particular. */
export const names: Readonly<Record<string, { readonly first: readonly string[]; readonly last: readonly string[] }>> =
  {
    DE: {
      first: words(
        'Antje Birte Daniela Frauke Gesa Heike Imke Jana Katrin Lena Maren Nele Petra Ronja Silke Svenja Tanja Wiebke Arne Bernd Carsten Dirk Eike Falk Gunnar Hauke Ingo Jörn Kai Lars Malte Nils Olaf Ralf Sönke Thorben Torsten Uwe Volker',
      ),
      last: words(
        'Ahlers Behrens Brinkmann Claasen Dierksen Eggers Feddersen Göttsche Harms Hinrichs Ihde Jansen Kröger Lüders Meinert Niehus Ohlsen Paulsen Rademacher Rickmers Steffens Struve Tiedemann Uhlig Vollmer Wiechert Wulff Zielke Haubold Leibinger Grimmer Sailer Wagenknecht Dorn Heckel Burkart Riedle',
      ),
    },
    AT: {
      first: words(
        'Barbara Christina Doris Elfriede Gerlinde Johanna Kathrin Magdalena Sabine Verena Alois Bernhard Christoph Florian Gernot Helmut Karl Markus Reinhard Wolfgang',
      ),
      last: words(
        'Ebner Fuchsberger Gasser Haslinger Kofler Lechner Mayrhofer Oberhuber Pichler Reisinger Steindl Trattner Unterberger Wimmer Zangerl',
      ),
    },
    CH: {
      first: words(
        'Andrea Barbara Claudia Corinne Esther Manuela Nadja Regula Sandra Ursina Beat Daniel Hansruedi Jürg Marcel Pascal Reto Stefan Urs Ueli',
      ),
      last: words(
        'Aebischer Bachofner Brunnschwiler Caflisch Egli Frick Gerber Hürlimann Imhof Kälin Leuenberger Nyffenegger Oberholzer Rüegg Stalder Wüthrich Zollinger',
      ),
    },
    PL: {
      first: words(
        'Agata Aleksandra Beata Dorota Ewelina Hanna Iwona Joanna Kinga Magdalena Marta Natalia Paulina Renata Zuzanna Adrian Bartosz Damian Filip Grzegorz Jakub Kamil Krzysztof Łukasz Maciej Mateusz Paweł Radosław Szymon Tomasz',
      ),
      last: words(
        'Adamczyk Błaszczak Ciesielczyk Dziedzic Filipczak Gawrych Jurczak Kaczor Kędziora Łuczak Majchrzak Nowicz Olejniczak Pietrzak Rutecki Sikora Stachowiak Szymczyk Tomczak Urbaniak Walkowiak Wojtczak Zięba',
      ),
    },
    NL: {
      first: words(
        'Anneke Esther Femke Ilse Janneke Lotte Marieke Marloes Saskia Wendy Bas Bram Erik Jeroen Joost Maarten Niels Pieter Sander Thijs',
      ),
      last: words(
        'Bakkenes Boersma Dijkema Groenveld Hoekstra Kuipers Lammers Meijerink Nieuwenhuis Oosterhof Postma Schaap Terpstra Veenstra Wiersma Zijlstra',
      ),
    },
    GB: {
      first: words(
        'Abigail Beth Caitlin Charlotte Donna Eleanor Fiona Gemma Hannah Joanne Kirsty Leanne Natasha Priya Rachel Shazia Stephanie Zoe Adam Ben Callum Darren Ed Gareth Imran Jamie Kieran Liam Marcus Nathan Owen Pete Rhys Sanjay Stuart Tariq Wesley',
      ),
      last: words(
        'Ashworth Barraclough Birtwistle Broadbent Clegg Crowther Dunkley Entwistle Fairhurst Greenhalgh Hargreave Ibbotson Jowett Kershaw Lumb Midgley Naylor Oldroyd Pickersgill Ramsden Shackleton-Lee Sutcliffe Thackray Uttley Varley Wadsworth Yeadon Bhatt Chaudhry Okafor Mistry Rehman Llewelyn Treharne',
      ),
    },
    FR: {
      first: words(
        'Amandine Audrey Camille Céline Élodie Hélène Laure Manon Nathalie Solène Anthony Baptiste Cédric Damien Fabrice Gaël Guillaume Loïc Mathieu Yann',
      ),
      last: words(
        'Aubry Bescond Chauvel Delaunay Fouquet Guillou Jégou Kervella Lebreton Marchand Nédélec Perrot Quéré Renaudin Tanguy Vasseur',
      ),
    },
    US: {
      first: words(
        'Ashley Brianna Crystal Heather Kayla Latoya Megan Monica Stacy Tiffany Brandon Cody Derrick Hector Jesse Kyle Luis Marcus Tyler Wayne',
      ),
      last: words(
        'Alvarado Bergstrom Castaneda Dombrowski Eastman Fairchild Grabowski Hollister Ingersoll Jernigan Kowalczyk Lundquist Medrano Nordstrom Ostrander Pruitt Quintero Rutledge Stroud Whitcomb',
      ),
    },
    CA: {
      first: words(
        'Alison Chantal Heather Jocelyn Meera Nicole Robyn Tamara Andre Colin Devon Graham Ian Jaspreet Marc Trevor',
      ),
      last: words(
        'Arsenault Beauchemin Cormier Dhaliwal Eastwick Fraser-Lunn Gauthier Hnatiuk Kowalchuk Lachance MacIsaac Nguyen-Roy Pelletier Sandhu Thibault Yip',
      ),
    },
    SG: {
      first: words(
        'Ai Ling|Chee Wai|Hui Min|Jia Hao|Kai Xin|Mei Yi|Siew Lan|Wei Jie|Xin Yi|Yong Sheng|Farah|Hafiz|Nurul|Siti|Anand|Kavitha|Priya|Suresh',
        '|',
      ),
      last: words('Chua Foo Heng Koh Lim Ng Ong Phua Quek Seah Tay Teo Yap Yeo Rahim Pillai Nair'),
    },
    IN: {
      first: words(
        'Aarti Bhavana Deepa Divya Kavya Lakshmi Meenakshi Nandini Pooja Shruti Sneha Vidya Ajay Arjun Chetan Girish Harish Karthik Manoj Naveen Pradeep Raghav Sanjeev Vikram',
      ),
      last: words(
        'Acharya Bhandarkar Chandrasekhar Deshpande Gowda Hegde Iyengar Joshi Kamath Kulkarni Murthy Nayak Prabhu Ramaswamy Shenoy Srinivasan Upadhya Venkatesh',
      ),
    },
  }

function words(text: string, separator = ' '): string[] {
  return text.split(separator)
}
